"""Articles of our own in the shapes that people's archives hold them in, for the scored tests."""
