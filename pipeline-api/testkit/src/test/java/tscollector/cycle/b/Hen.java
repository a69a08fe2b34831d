package tscollector.cycle.b;

import tscollector.cycle.a.Egg;

/** Comes first. */
public record Hen(Egg from) {}
