/** The pull loop: when targets are asked, and that a hanging one delays no other. */
@NullMarked
package tscollector.kit.scrape;

import org.jspecify.annotations.NullMarked;
