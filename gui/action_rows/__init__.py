"""The rows of the table of actions, one file a menu; `gui.action_table` joins them."""
