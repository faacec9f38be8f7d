package dev.concord.cli;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JDBC address as it may be shown: without user, password and all other settings. */
final class DatabaseAddress {

    private static final Pattern SETTINGS = Pattern.compile("[;?].*", Pattern.DOTALL);
    private static final Pattern CREDENTIALS = Pattern.compile("^(jdbc:\\w+:(thin:|//)?).*@", Pattern.DOTALL);

    private DatabaseAddress() {}

    static String of(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return "(no address)";
        }
        String bare = CREDENTIALS.matcher(url).replaceFirst("$1");
        return SETTINGS.matcher(bare).replaceFirst("");
    }
}
