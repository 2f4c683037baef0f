nor this;
