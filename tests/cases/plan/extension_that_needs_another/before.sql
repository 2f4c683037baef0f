create extension cube;
