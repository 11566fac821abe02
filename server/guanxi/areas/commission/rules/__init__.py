"""What commission comes to: pure rules, worked out without the database."""
