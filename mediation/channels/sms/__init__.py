"""The door of those who write: deaf people, and whoever cannot or will not call. It asks neither name nor need."""
