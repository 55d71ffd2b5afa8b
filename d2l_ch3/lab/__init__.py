"""JupyterLab on the course, in a folder of the student's own."""
