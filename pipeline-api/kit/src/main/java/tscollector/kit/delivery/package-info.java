/** What stands in front of every backend: a bounded queue with batching, retry with back-off, and an honest account of the outcome. Names and defaults of the Collector's exporter helper. */
@NullMarked
package tscollector.kit.delivery;

import org.jspecify.annotations.NullMarked;
