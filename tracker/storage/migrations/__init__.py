"""How does the schema get from one version to the next?"""
