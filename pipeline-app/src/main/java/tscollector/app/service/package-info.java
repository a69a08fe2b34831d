/** One configuration from start to stop, and the codes the process ends with. */
@NullMarked
package tscollector.app.service;

import org.jspecify.annotations.NullMarked;
