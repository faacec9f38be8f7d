package dev.concord.mapping;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one installation calls differently from another: the environment goes first, so that one folder serves several
 * installations, then {@code jobs/boot.properties}, as it was when this was made. Safe for use by several threads.
 */
public final class InstallationProperties {

    static final String FILE = "boot.properties";

    private final Function<String, @Nullable String> environment;
    private final Properties file = new Properties();

    private InstallationProperties(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** The properties of a {@code jobs/} folder. */
    public static InstallationProperties of(Path jobs) {
        return new FolderSources(jobs).properties();
    }

    /** @param text of the file; null when there is none. One that is malformed says nothing */
    static InstallationProperties of(Function<String, @Nullable String> environment, @Nullable String text) {
        InstallationProperties properties = new InstallationProperties(environment);
        if (text != null) {
            try {
                properties.file.load(new StringReader(text));
            } catch (IOException | IllegalArgumentException e) {
                properties.file.clear();
            }
        }
        return properties;
    }

    /** The value of a property: of {@code mail.domain} that of the variable {@code MAIL_DOMAIN}; null when unset. */
    public @Nullable String get(String name) {
        String set = environment.apply(PropertyReferences.variable(name));
        return set == null ? file.getProperty(name) : set;
    }
}
