"""Every kind of message that can be owed; each class stands beside its feature."""

from bot.actions.messages import ActionDue
from bot.check_ins.messages import Closing, Prompt, Refresh
from bot.check_ins.reminders import Reminder
from bot.delivery.message import OwedMessage
from bot.exports.messages import Export
from bot.notices.messages import Notice
from bot.overview.digest import Digest
from bot.overview.picture_files import OverviewPicture, TrendPicture
from bot.privacy.my_data import MyData
from bot.summary.messages import Picture, Share, Summary
from bot.summary.requested_picture import SummaryPicture
from bot.teams.channel_news import ChannelNews

MESSAGES: tuple[type[OwedMessage], ...] = (
    Prompt,
    Refresh,
    Reminder,
    Closing,
    Summary,
    Picture,
    Share,
    Digest,
    ActionDue,
    Notice,
    Export,
    MyData,
    SummaryPicture,
    TrendPicture,
    OverviewPicture,
    ChannelNews,
)
"""The classes that read the rows of `deliveries`: one of each kind, and of files, which are one kind, one of each."""
