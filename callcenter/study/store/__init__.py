"""The results store: what is finished is kept, and by which model it was made."""
