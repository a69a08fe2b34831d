/**
 * From the texts of a command line to one typed, checked model of everything that is configured: {@link
 * tscollector.app.load.ConfigLoader} reads and merges files and {@code --set} arguments, binds each component with the factories
 * of a {@link tscollector.app.load.ComponentCatalog} and checks how they are wired. The result is a {@link
 * tscollector.app.load.LoadedConfiguration}, or a {@link tscollector.app.load.ConfigException} with every mistake. Nothing is built or
 * started here.
 */
@NullMarked
package tscollector.app.load;

import org.jspecify.annotations.NullMarked;
