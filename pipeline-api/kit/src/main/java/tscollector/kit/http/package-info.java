/** HTTP as components need it: settings with the Collector's names, one asynchronous call with limits, and failures in words that stay the same for the same fault. Apache HttpClient 5 behind a small interface. */
@NullMarked
package tscollector.kit.http;

import org.jspecify.annotations.NullMarked;
