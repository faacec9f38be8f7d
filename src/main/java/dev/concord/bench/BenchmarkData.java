package dev.concord.bench;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The people of the benchmarks: twenty attributes, about 400 bytes each, the same in every run. A person is known by a
 * number from 0; {@code edition} 0 is how a person is at first, any other is how they are after a change.
 */
final class BenchmarkData {

    /** What an attribute holds. */
    enum Kind {
        TEXT,
        INTEGER,
        DATE,
        BOOLEAN
    }

    /**
     * @param name in the target
     * @param column in the source
     */
    record Attribute(String name, String column, Kind kind) {

        private static Attribute text(String name, String column) {
            return new Attribute(name, column, Kind.TEXT);
        }
    }

    /** Unique in the target. */
    static final String KEY = "userName";

    static final List<Attribute> ATTRIBUTES = List.of(
            Attribute.text(KEY, "user_name"),
            Attribute.text("givenName", "given_name"),
            Attribute.text("familyName", "family_name"),
            Attribute.text("displayName", "display_name"),
            Attribute.text("mail", "mail"),
            new Attribute("employeeNumber", "employee_number", Kind.INTEGER),
            Attribute.text("title", "title"),
            Attribute.text("department", "department"),
            Attribute.text("costCenter", "cost_center"),
            Attribute.text("company", "company"),
            Attribute.text("street", "street"),
            Attribute.text("postalCode", "postal_code"),
            Attribute.text("city", "city"),
            Attribute.text("country", "country"),
            Attribute.text("telephone", "telephone"),
            Attribute.text("mobile", "mobile"),
            Attribute.text("manager", "manager"),
            new Attribute("startDate", "start_date", Kind.DATE),
            new Attribute("active", "active", Kind.BOOLEAN),
            Attribute.text("description", "description"));

    /** Which of the values differ between editions, counted from 0. */
    static final List<Integer> CHANGING = List.of(6, 7);

    private static final long SEED = 0x5EED_C0C0L;
    private static final LocalDate FIRST_DAY = LocalDate.of(1995, 1, 1);
    private static final int DAYS = 11_000;

    private static final String[] SYLLABLES = {
        "ba", "do", "fe", "gi", "ha", "jo", "ka", "li", "ma", "ne", "or", "pa", "ri", "sa", "tu", "vi", "wen", "xa",
        "yo", "zu"
    };

    private BenchmarkData() {}

    static String sourceId(long person) {
        return String.format(Locale.ROOT, "p%09d", person);
    }

    /** Scattered, as ids that were generated are. */
    static String targetId(long person) {
        return UUID.nameUUIDFromBytes(sourceId(person).getBytes(StandardCharsets.US_ASCII))
                .toString();
    }

    /** The values in the order of {@link #ATTRIBUTES}: String, Long, LocalDate or Boolean. */
    static Object[] values(long person, int edition) {
        SplittableRandom random = new SplittableRandom(SEED + person);
        String given = word(random, 3);
        String family = word(random, 4);
        String company = word(random, 3) + " Holding";
        String title = "Senior " + word(random, 4) + " Officer";
        String department = "Department of " + word(random, 4);
        if (edition > 0) {
            title = "Principal Officer " + edition;
            department = "Department " + edition;
        }
        String login = (given.charAt(0) + family).toLowerCase(Locale.ROOT) + person;
        return new Object[] {
            login,
            given,
            family,
            given + " " + family,
            login + "@" + company.substring(0, 4).toLowerCase(Locale.ROOT) + ".example.com",
            100_000 + person,
            title,
            department,
            "CC-" + random.nextInt(1000, 10_000),
            company,
            word(random, 5) + " Street " + random.nextInt(1, 300),
            String.valueOf(random.nextInt(10_000, 100_000)),
            word(random, 4),
            random.nextBoolean() ? "CH" : "SE",
            "+41 44 " + random.nextInt(1_000_000, 10_000_000),
            "+41 79 " + random.nextInt(1_000_000, 10_000_000),
            sourceId(person / 10),
            FIRST_DAY.plusDays(random.nextInt(DAYS)),
            random.nextInt(20) > 0,
            "Known since " + word(random, 5) + " as the one who brought " + word(random, 4) + " to " + word(random, 4)
                    + "; works with " + word(random, 4) + " and " + word(random, 4) + " on the " + word(random, 5)
                    + " of "
                    + word(random, 4) + ", " + word(random, 4) + " and " + word(random, 4)
        };
    }

    private static String word(SplittableRandom random, int syllables) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < syllables; i++) {
            word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
        }
        word.setCharAt(0, Character.toUpperCase(word.charAt(0)));
        return word.toString();
    }
}
