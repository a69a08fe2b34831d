package tscollector.cycle.a;

import tscollector.cycle.b.Hen;

/** Comes first. */
public record Egg(Hen from) {}
