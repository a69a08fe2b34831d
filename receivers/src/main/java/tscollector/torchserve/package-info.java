/**
 * What the TorchServe receivers share, no component itself: which servers are watched and as what resource, what became of a run
 * as health and scrape numbers, one log line per outage, the server's version, and handing batches on. Seen with TorchServe
 * 0.12.0; the facts behind it stand in the reference pages.
 */
@NullMarked
package tscollector.torchserve;

import org.jspecify.annotations.NullMarked;
