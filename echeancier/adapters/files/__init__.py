"""Files people write or read: conventions, facts, scenarios, agendas."""
