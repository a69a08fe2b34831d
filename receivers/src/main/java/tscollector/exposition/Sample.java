package tscollector.exposition;

import io.opentelemetry.api.common.Attributes;

/**
 * What stands before the value of a sample line, made once and kept while the line comes again: two lines are the same sample if
 * this is the same object.
 *
 * @param name as exposed
 * @param attributes all labels as exposed, and the target's address
 */
record Sample(String name, Attributes attributes) {}
