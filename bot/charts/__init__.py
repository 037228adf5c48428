"""Pictures of results: laid out as SVG (profile.py), drawn to PNG by a process of its own (render.py).

Import from the modules: the drawing process loads this package too, and must stay small.
"""
