"""``echeancier plan``: an agenda printed in four ways."""
