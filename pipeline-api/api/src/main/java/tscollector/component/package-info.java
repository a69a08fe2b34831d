/** What every component is: an id, a kind, a life, a description of itself, and what it is given to work with. */
@NullMarked
package tscollector.component;

import org.jspecify.annotations.NullMarked;
