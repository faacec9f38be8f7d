package dev.concord.mapping;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word that somebody most probably meant. */
public final class Suggestion {

    private static final int LONGEST = 64;
    private static final int LISTED = 20;

    private Suggestion() {}

    /**
     * The allowed word nearest to what was written, or null when none is near: at most a third of its letters wrong.
     */
    public static @Nullable String nearest(String written, Collection<String> allowed) {
        if (written.length() > LONGEST || written.isBlank()) {
            return null;
        }
        String best = null;
        int least = Math.max(1, written.length() / 3) + 1;
        for (String word : allowed) {
            if (Math.abs(word.length() - written.length()) >= least) {
                continue;
            }
            int distance = distance(written.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
            if (distance < least && !word.equals(written)) {
                least = distance;
                best = word;
            }
        }
        return best;
    }

    /** The tail of a message: {@code ; allowed: A, B (did you mean A?)}. */
    public static String tail(String introduction, String written, Collection<String> allowed) {
        StringBuilder tail = new StringBuilder();
        if (allowed.isEmpty()) {
            return "; " + introduction + ": none";
        }
        tail.append("; ").append(introduction).append(": ");
        tail.append(String.join(", ", allowed.stream().limit(LISTED).toList()));
        if (allowed.size() > LISTED) {
            tail.append(" and ").append(allowed.size() - LISTED).append(" more");
        }
        String nearest = nearest(written, allowed);
        return nearest == null
                ? tail.toString()
                : tail.append(" (did you mean ").append(nearest).append("?)").toString();
    }

    /** How many letters must be added, removed, replaced or swapped with their neighbour. */
    private static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + replace);
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[left.length()][right.length()];
    }
}
