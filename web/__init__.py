"""The browser app: the only folder that imports Solara."""
