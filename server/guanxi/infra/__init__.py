"""What the product stands on: settings, database, jobs, mail, files, HTTP kit, errors, languages."""
