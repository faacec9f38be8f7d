package dev.concord.mapping;

import java.util.Locale;

/** The places at which a mapping may run a script of its own. */
public enum Hook {
    ON_CREATE,
    ON_UPDATE,
    ON_DELETE,
    ON_LINK,
    ON_UNLINK,
    ON_ERROR,
    ON_MAPPING,
    POST_MAPPING,
    RESULT,
    ON_RECON;

    /** The key in a mapping file, such as {@code onCreate}. */
    public String key() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder key = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return key.toString();
    }
}
