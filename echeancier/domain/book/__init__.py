"""The address book of the installation: functions, where conventions use them, and a change told to each of these."""
