/** The list of models as a log record: written by receivers, read by processors. */
@NullMarked
package tscollector.kit.inventory;

import org.jspecify.annotations.NullMarked;
