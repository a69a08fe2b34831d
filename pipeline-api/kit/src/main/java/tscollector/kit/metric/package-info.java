/**
 * What the SDK's metric data lacks where several modules change metrics: what makes two metrics alike in kind, data built for any
 * kind, and points copied with other attributes.
 */
@NullMarked
package tscollector.kit.metric;

import org.jspecify.annotations.NullMarked;
