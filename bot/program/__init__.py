"""How a process of the program is put together, and what runs in it."""
