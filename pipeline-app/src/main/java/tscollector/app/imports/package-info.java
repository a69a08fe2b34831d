/**
 * Reads what people have written for the Datadog Agent's torchserve check and makes a configuration of it: conf.yaml, Docker labels,
 * pod annotations, datadog.yaml. Everything that does not mean the same here, or is not carried, is named with its path.
 *
 * <p>The source of truth is the check as its recordings show it. Nothing here starts anything, reads a clock or prints; values of
 * options never appear in a remark, since any of them may be a secret in the wrong place.
 */
@NullMarked
package tscollector.app.imports;

import org.jspecify.annotations.NullMarked;
