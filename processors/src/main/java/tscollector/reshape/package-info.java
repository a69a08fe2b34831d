/**
 * What the processors of this module share, and no component itself: groups that are changed by a plan made once per {@link
 * tscollector.signal.Shape}, points that are added, what selects them, and the actions on attributes.
 */
@NullMarked
package tscollector.reshape;

import org.jspecify.annotations.NullMarked;
