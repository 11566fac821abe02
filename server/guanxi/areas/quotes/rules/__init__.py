"""What holds of quotes, without any reading or writing."""
