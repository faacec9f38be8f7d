package dev.concord.filter;

import dev.concord.record.Json;
import dev.concord.record.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The table of cases that says what query filters mean. Memory and every store answer it alike.
 *
 * <p>The samples have the attributes {@code s} and {@code s2} (strings of at most 20 characters), {@code n} (a number:
 * 28 digits before and 10 behind the point are enough), {@code i} (a whole number of 64 bits), {@code b} (a boolean),
 * {@code m} (a list of strings that are not empty and hold no semicolon) and {@code o} (an object). No case depends on
 * whether an attribute is null or absent, or whether a list is empty or absent. A store that cannot hold one of the
 * samples (an empty string, a text over two lines) leaves it out and expects {@link Case#expectedAmong the rest}.
 */
public final class FilterCases {

    /** An object that every store is filled with. */
    public record Sample(String id, String json) {

        /** The attributes, without {@code _id}. */
        public Map<String, Object> content() {
            return Json.readObject(json);
        }

        public Resource resource() {
            return new Resource(id, null, content());
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** A filter and the ids of the samples that match it. */
    public record Case(String filter, Set<String> expected) {

        /** The ids that are expected of a store that holds these samples only. */
        public Set<String> expectedAmong(Collection<String> ids) {
            return expected.stream().filter(ids::contains).collect(Collectors.toCollection(TreeSet::new));
        }

        @Override
        public String toString() {
            return filter;
        }
    }

    private static final List<Sample> SAMPLES = List.of(
            sample("plain", """
                    {"s": "Smith", "s2": "alpha", "n": 1, "i": 1, "b": true, "m": ["red", "green"],
                     "o": {"city": "Bern", "floor": 3, "open": true, "tags": ["x", "y"]}}"""),
            sample("lower", """
                    {"s": "smith", "s2": "beta", "n": 1.0, "i": 10, "b": false, "m": ["red"],
                     "o": {"city": "bern", "floor": 3.0, "open": false}}"""),
            sample("upper", """
                    {"s": "SMITH", "s2": "Alpha", "n": 10, "i": -3, "b": true, "m": ["RED", "blue"]}"""),
            sample("trailing", """
                    {"s": "Smith ", "s2": "alpha ", "n": -3, "i": 0, "m": ["red "]}"""),
            sample("leading", """
                    {"s": " Smith", "n": 0, "b": false}"""),
            sample("nulls", """
                    {"s": null, "s2": null, "n": null, "i": null, "b": null, "m": null, "o": null}"""),
            sample("absent", "{}"),
            sample("empty", """
                    {"s": "", "s2": "", "m": []}"""),
            sample("blank", """
                    {"s": " ", "s2": "x"}"""),
            sample("nfc", """
                    {"s": "M\\u00fcller", "s2": "\\u00e9"}"""),
            sample("nfd", """
                    {"s": "Mu\\u0308ller", "s2": "e\\u0301"}"""),
            sample("unaccented", """
                    {"s": "Muller", "s2": "e"}"""),
            sample("dotless", """
                    {"s": "\\u0131rmak", "s2": "I"}"""),
            sample("dotted", """
                    {"s": "\\u0130RMAK", "s2": "i"}"""),
            sample("latin", """
                    {"s": "irmak", "s2": "\\u0130"}"""),
            sample("eszett", """
                    {"s": "Stra\\u00dfe", "s2": "\\u00df"}"""),
            sample("doubles", """
                    {"s": "Strasse", "s2": "ss"}"""),
            sample("cyrillic", """
                    {"s": "\\u0414\\u043c\\u0438\\u0442\\u0440\\u0438\\u0439", "m": ["\\u0401\\u0436", "\\u0415\\u0436"]}"""),
            sample("kanji", """
                    {"s": "\\u5c71\\u7530", "s2": "\\u3072"}"""),
            sample("katakana", """
                    {"s": "\\u5c71\\u672c", "s2": "\\u30d2"}"""),
            sample("emoji", """
                    {"s": "\\ud83d\\ude00", "s2": "a\\ud83d\\ude00b", "m": ["\\ud83d\\ude00"]}"""),
            sample("rocket", """
                    {"s": "\\ud83d\\ude80", "s2": "a\\ud83d\\ude80b"}"""),
            sample("fullwidth", """
                    {"s": "\\uff21", "s2": "\\uff5a"}"""),
            sample("invisible", """
                    {"s": "Smi\\u200bth"}"""),
            sample("percent", """
                    {"s": "100%", "s2": "a_b"}"""),
            sample("hundred", """
                    {"s": "1000", "s2": "axb"}"""),
            sample("backslash", """
                    {"s": "a\\\\b", "s2": "a%b"}"""),
            sample("quotes", """
                    {"s": "O'Brien", "s2": "say \\"hi\\""}"""),
            sample("lookalike", """
                    {"s": "5", "s2": "true", "n": 5, "m": ["5", "true", "null"]}"""),
            sample("lines", """
                    {"s": "one\\ntwo", "s2": "tab\\there"}"""),
            sample("thousand", """
                    {"n": 1e3, "i": 1000}"""),
            sample("fraction", """
                    {"n": 0.1, "i": 7}"""),
            sample("big", """
                    {"n": 12345678901234567890, "i": 9007199254740993}"""),
            sample("bigger", """
                    {"n": 12345678901234567891, "i": 9223372036854775807}"""),
            sample("negative", """
                    {"n": -0.5, "i": -9223372036854775808}"""),
            sample("nested", """
                    {"o": {"city": "", "deep": {"deeper": {"n": 1}},
                           "roles": [{"_id": "r1", "name": "Admin", "level": 1}, {"_id": "r2", "name": "User", "level": 2}]}}"""),
            sample("roles", """
                    {"o": {"city": null, "roles": [{"_id": "r2", "name": "Admin", "level": 1.0}]}}"""));

    private static final List<Case> CASES = cases();

    private FilterCases() {}

    public static List<Sample> samples() {
        return SAMPLES;
    }

    public static List<Case> all() {
        return CASES;
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.addAll(literals());
        cases.addAll(stringEquality());
        cases.addAll(stringParts());
        cases.addAll(stringOrder());
        cases.addAll(numbers());
        cases.addAll(wholeNumbers());
        cases.addAll(booleans());
        cases.addAll(families());
        cases.addAll(presence());
        cases.addAll(lists());
        cases.addAll(objects());
        cases.addAll(membership());
        cases.addAll(negation());
        cases.addAll(combinations());
        cases.addAll(ids());
        return List.copyOf(cases);
    }

    private static List<Case> literals() {
        return List.of(
                matches("true", allBut()),
                matches("false"),
                matches("TRUE", allBut()),
                matches("!false", allBut()),
                matches("!true"));
    }

    private static List<Case> stringEquality() {
        return List.of(
                matches("s eq \"Smith\"", "plain"),
                matches("s eq 'Smith'", "plain"),
                matches("/s EQ \"smith\"", "lower"),
                matches("s eq \"SMITH\"", "upper"),
                matches("s eq \"sMITH\""),
                matches("s eq \"Smith \"", "trailing"),
                matches("s eq \"Smith  \""),
                matches("s eq \" Smith\"", "leading"),
                matches("s eq \"\"", "empty"),
                matches("s eq \" \"", "blank"),
                matches("s eq \"  \""),
                matches("s eq \"M\u00fcller\"", "nfc"),
                matches("s eq \"M\\u00fcller\"", "nfc"),
                matches("s eq \"Mu\u0308ller\"", "nfd"),
                matches("s eq \"Muller\"", "unaccented"),
                matches("s2 eq \"e\"", "unaccented"),
                matches("s eq \"\u0131rmak\"", "dotless"),
                matches("s eq \"irmak\"", "latin"),
                matches("s eq \"\u0130RMAK\"", "dotted"),
                matches("s eq \"IRMAK\""),
                matches("s2 eq \"I\"", "dotless"),
                matches("s2 eq \"i\"", "dotted"),
                matches("s2 eq \"\u0130\"", "latin"),
                matches("s eq \"Stra\u00dfe\"", "eszett"),
                matches("s eq \"Strasse\"", "doubles"),
                matches("s2 eq \"ss\"", "doubles"),
                matches("s eq \"\u0414\u043c\u0438\u0442\u0440\u0438\u0439\"", "cyrillic"),
                matches("s eq \"\u0434\u043c\u0438\u0442\u0440\u0438\u0439\""),
                matches("s eq \"\u5c71\u7530\"", "kanji"),
                matches("s2 eq \"\u3072\"", "kanji"),
                matches("s2 eq \"\u30d2\"", "katakana"),
                matches("s eq \"\ud83d\ude00\"", "emoji"),
                matches("s eq \"\\ud83d\\ude00\"", "emoji"),
                matches("s eq \"\ud83d\ude80\"", "rocket"),
                matches("s eq \"A\""),
                matches("s eq \"\uff21\"", "fullwidth"),
                matches("s eq \"Smi\u200bth\"", "invisible"),
                matches("s eq \"100%\"", "percent"),
                matches("s eq \"%\""),
                matches("s eq \"a\\\\b\"", "backslash"),
                matches("s eq \"O'Brien\"", "quotes"),
                matches("s eq 'O\\'Brien'", "quotes"),
                matches("s2 eq \"say \\\"hi\\\"\"", "quotes"),
                matches("s eq \"one\\ntwo\"", "lines"),
                matches("s2 eq \"tab\\there\"", "lines"),
                matches("missing eq \"Smith\""),
                matches("s/x eq \"Smith\""));
    }

    private static List<Case> stringParts() {
        return List.of(
                matches("s co \"mit\"", "plain", "lower", "trailing", "leading"),
                matches("s co \"MIT\"", "upper"),
                matches("s co \"th \"", "trailing"),
                matches("s co \" \"", "trailing", "leading", "blank"),
                matches(
                        "s co \"\"",
                        allBut(
                                "nulls",
                                "absent",
                                "thousand",
                                "fraction",
                                "big",
                                "bigger",
                                "negative",
                                "nested",
                                "roles")),
                matches("s co \"%\"", "percent"),
                matches("s2 co \"_\"", "percent"),
                matches("s2 co \"a_b\"", "percent"),
                matches("s2 co \"%b\"", "backslash"),
                matches("s co \"\\\\\"", "backslash"),
                matches("s co \"'\"", "quotes"),
                matches("s2 co \"\\\"\"", "quotes"),
                matches("s co \"\\n\"", "lines"),
                matches("s co \"\u00fc\"", "nfc"),
                matches("s co \"u\"", "nfd", "unaccented"),
                matches("s co \"\u0308\"", "nfd"),
                matches("s co \"ss\"", "doubles"),
                matches("s co \"\u00df\"", "eszett"),
                matches("s co \"\u043c\u0438\"", "cyrillic"),
                matches("s2 co \"\ud83d\ude00\"", "emoji"),
                matches("s co \"\u5c71\"", "kanji", "katakana"),
                matches("s co \"Smith and more\""),
                matches("s sw \"Smi\"", "plain", "trailing", "invisible"),
                matches("s sw \"smi\"", "lower"),
                matches("s sw \" \"", "leading", "blank"),
                matches("s sw \"100%\"", "percent"),
                matches("s2 sw \"a_\"", "percent"),
                matches("s2 sw \"a%\"", "backslash"),
                matches("s sw \"a\\\\\"", "backslash"),
                matches("s sw \"Stra\"", "eszett", "doubles"),
                matches("s sw \"Mu\"", "nfd", "unaccented"),
                matches("s sw \"i\"", "latin"),
                matches("s2 sw \"a\ud83d\ude00\"", "emoji"),
                matches("s ew \"th\"", "plain", "lower", "leading", "invisible"),
                matches("s ew \"TH\"", "upper"),
                matches("s ew \" \"", "trailing", "blank"),
                matches("s ew \"%\"", "percent"),
                matches("s ew \"mak\"", "dotless", "latin"),
                matches("s2 ew \"\ud83d\ude80b\"", "rocket"),
                matches(
                        "s2 ew \"\"",
                        "plain",
                        "lower",
                        "upper",
                        "trailing",
                        "empty",
                        "blank",
                        "nfc",
                        "nfd",
                        "unaccented",
                        "dotless",
                        "dotted",
                        "latin",
                        "eszett",
                        "doubles",
                        "kanji",
                        "katakana",
                        "emoji",
                        "rocket",
                        "fullwidth",
                        "percent",
                        "hundred",
                        "backslash",
                        "quotes",
                        "lookalike",
                        "lines"));
    }

    private static List<Case> stringOrder() {
        return List.of(
                matches("s lt \" \"", "empty"),
                matches("s le \" \"", "empty", "blank"),
                matches("s lt \"1000\"", "empty", "blank", "leading", "percent"),
                matches("s ge \"Smith\" and s lt \"Smith!\"", "plain", "trailing"),
                matches("s gt \"Smith\" and s lt \"Smiti\"", "trailing"),
                matches("s gt \"SMITH\" and s lt \"Smith\""),
                matches("s le \"smith\" and s ge \"smith\"", "lower"),
                matches("s gt \"smith\" and s lt \"\u0150\"", "dotless", "dotted"),
                matches("s ge \"\uff21\"", "fullwidth", "emoji", "rocket"),
                matches("s gt \"\uff21\"", "emoji", "rocket"),
                matches("s gt \"\ud83d\ude00\"", "rocket"),
                matches("s2 gt \"\uff5a\""),
                matches("s2 lt \"\""),
                matches("s2 gt \"a\" and s2 lt \"ab\"", "percent", "backslash"),
                matches("missing lt \"a\""),
                matches("missing ge \"\""));
    }

    private static List<Case> numbers() {
        return List.of(
                matches("n eq 1", "plain", "lower"),
                matches("n eq 1.0", "plain", "lower"),
                matches("n eq 1.00000", "plain", "lower"),
                matches("n eq 10e-1", "plain", "lower"),
                matches("n eq 10", "upper"),
                matches("n eq -3", "trailing"),
                matches("n eq 0", "leading"),
                matches("n eq -0", "leading"),
                matches("n eq -0.0", "leading"),
                matches("n eq 1000", "thousand"),
                matches("n eq 1E+3", "thousand"),
                matches("n eq 0.1", "fraction"),
                matches("n eq 0.10000000001"),
                matches("n eq 12345678901234567890", "big"),
                matches("n eq 12345678901234567891", "bigger"),
                matches("n eq 12345678901234567892"),
                matches("n lt 0", "trailing", "negative"),
                matches("n le 0", "trailing", "negative", "leading"),
                matches("n lt 1", "trailing", "negative", "leading", "fraction"),
                matches("n gt 9", "upper", "thousand", "big", "bigger"),
                matches("n ge 10", "upper", "thousand", "big", "bigger"),
                matches("n gt 12345678901234567890", "bigger"),
                matches("n ge 0.1 and n le 5", "plain", "lower", "fraction", "lookalike"),
                matches("n gt 0.0999999999999 and n lt 0.1000000000001", "fraction"),
                matches(
                        "n lt 1e30",
                        "plain",
                        "lower",
                        "upper",
                        "trailing",
                        "leading",
                        "lookalike",
                        "thousand",
                        "fraction",
                        "big",
                        "bigger",
                        "negative"),
                matches("n gt 1e30"),
                matches("n lt -1e30"),
                matches("missing lt 1"));
    }

    private static List<Case> wholeNumbers() {
        return List.of(
                matches("i eq 1", "plain"),
                matches("i eq 1.0", "plain"),
                matches("i eq 1.5"),
                matches("i gt 0.5 and i lt 7.5", "plain", "fraction"),
                matches("i eq 9007199254740993", "big"),
                matches("i eq 9007199254740992"),
                matches("i eq 9223372036854775807", "bigger"),
                matches("i eq 9223372036854775808"),
                matches("i ge 9223372036854775807", "bigger"),
                matches("i eq -9223372036854775808", "negative"),
                matches("i lt -3", "negative"),
                matches("i le -3", "negative", "upper"),
                matches("i lt -9223372036854775809"),
                matches(
                        "i lt 99999999999999999999",
                        "plain",
                        "lower",
                        "upper",
                        "trailing",
                        "thousand",
                        "fraction",
                        "big",
                        "bigger",
                        "negative"));
    }

    private static List<Case> booleans() {
        return List.of(
                matches("b eq true", "plain", "upper"),
                matches("b eq TRUE", "plain", "upper"),
                matches("b eq false", "lower", "leading"),
                matches("b gt false", "plain", "upper"),
                matches("b ge false", "plain", "upper", "lower", "leading"),
                matches("b lt true", "lower", "leading"),
                matches("b le true", "plain", "upper", "lower", "leading"),
                matches("b lt false"),
                matches("b gt true"),
                matches("missing eq false"));
    }

    private static List<Case> families() {
        return List.of(
                matches("s eq 5"),
                matches("s eq \"5\"", "lookalike"),
                matches("s le 5"),
                matches("n eq \"5\""),
                matches("n eq 5", "lookalike"),
                matches("n eq true"),
                matches("n ge \"\""),
                matches("n co \"1\""),
                matches("n sw \"1\""),
                matches("n co 1"),
                matches("i eq \"1\""),
                matches("i eq true"),
                matches("i ew \"0\""),
                matches("b eq 1"),
                matches("b eq 0"),
                matches("b eq \"true\""),
                matches("b co \"true\""),
                matches("b co true"),
                matches("b ge 0"),
                matches("s2 eq true"),
                matches("s2 eq \"true\"", "lookalike"),
                matches("m eq 5"),
                matches("m eq true"),
                matches("s co 5"),
                matches("s sw 1"),
                matches("s2 sw true"),
                matches("s2 ew true"),
                matches("s ew 5"),
                matches("n lt \"a\""),
                matches("i gt false"),
                matches("b lt \"z\""),
                matches("b sw \"t\""),
                matches("m lt 9"),
                matches("s gt false"));
    }

    private static List<Case> presence() {
        return List.of(
                matches(
                        "s pr",
                        allBut(
                                "nulls",
                                "absent",
                                "thousand",
                                "fraction",
                                "big",
                                "bigger",
                                "negative",
                                "nested",
                                "roles")),
                matches(
                        "n PR",
                        "plain",
                        "lower",
                        "upper",
                        "trailing",
                        "leading",
                        "lookalike",
                        "thousand",
                        "fraction",
                        "big",
                        "bigger",
                        "negative"),
                matches("b pr", "plain", "lower", "upper", "leading"),
                matches("m pr", "plain", "lower", "upper", "trailing", "cyrillic", "emoji", "lookalike"),
                matches("o pr", "plain", "lower", "nested", "roles"),
                matches("o/city pr", "plain", "lower", "nested"),
                matches("o/roles pr", "nested", "roles"),
                matches("missing pr"),
                matches("!(missing pr)", allBut()));
    }

    private static List<Case> lists() {
        return List.of(
                matches("m eq \"red\"", "plain", "lower"),
                matches("m eq \"green\"", "plain"),
                matches("m eq \"RED\"", "upper"),
                matches("m eq \"red \"", "trailing"),
                matches("m eq \"red,green\""),
                matches("m eq \"red\" and m eq \"green\"", "plain"),
                matches("m co \"re\"", "plain", "lower", "trailing"),
                matches("m co \"\\\"\""),
                matches("m sw \"b\"", "upper"),
                matches("m ew \"n\"", "plain"),
                matches("m gt \"green\" and m lt \"red\"", "plain", "lookalike"),
                matches("m lt \"S\"", "upper", "lookalike"),
                matches("m eq \"\u0401\u0436\"", "cyrillic"),
                matches("m eq \"\u0451\u0436\""),
                matches("m eq \"\ud83d\ude00\"", "emoji"),
                matches("m eq \"5\"", "lookalike"),
                matches("m eq \"null\"", "lookalike"),
                matches("m eq \"\""),
                matches("m/0 eq \"red\"", "plain", "lower"),
                matches("m/1 eq \"green\"", "plain"),
                matches("m/7 eq \"red\""),
                matches("m[/ eq \"red\"]", "plain", "lower"),
                matches("!(m eq \"red\")", allBut("plain", "lower")));
    }

    private static List<Case> objects() {
        return List.of(
                matches("o/city eq \"Bern\"", "plain"),
                matches("/o/city eq \"bern\"", "lower"),
                matches("o/city eq \"\"", "nested"),
                matches("o/city sw \"Be\"", "plain"),
                matches("o/floor eq 3", "plain", "lower"),
                matches("o/floor gt 2.5", "plain", "lower"),
                matches("o/floor eq \"3\""),
                matches("o/open eq true", "plain"),
                matches("o/open eq false", "lower"),
                matches("o/tags eq \"y\"", "plain"),
                matches("o/deep/deeper/n eq 1.0", "nested"),
                matches("o/deep eq \"n\""),
                matches("o eq \"Bern\""),
                matches("o co \"Bern\""),
                matches("o/roles co \"Admin\""),
                matches("o/roles/0/name eq \"Admin\"", "nested", "roles"),
                matches("o/roles/name eq \"Admin\""),
                matches("o/roles[_id eq \"r1\"]", "nested"),
                matches("o/roles[/_id eq \"r2\"]", "nested", "roles"),
                matches("o/roles[name eq \"Admin\" and _id eq \"r2\"]", "roles"),
                matches("o/roles[level ge 2 or name eq \"Guest\"]", "nested"),
                matches("o/roles[!(level eq 1)]", "nested"),
                matches("!(o/roles[level eq 1])", allBut("nested", "roles")),
                matches("o/roles[true]", "nested", "roles"),
                matches("o/tags[name eq \"x\"]"),
                matches("o[city eq \"Bern\"]", "plain"));
    }

    private static List<Case> membership() {
        return List.of(
                matches("s in '[\"Smith\",\"smith\",\"nobody\"]'", "plain", "lower"),
                matches("s IN \"[\\\"Smith \\\"]\"", "trailing"),
                matches("s in '[\"\"]'", "empty"),
                matches("s in '[\"O\\'Brien\"]'", "quotes"),
                matches("s2 in '[\"say \\\\\"hi\\\\\"\"]'", "quotes"),
                matches("s in '[\"\ud83d\ude00\",\"\uff21\"]'", "emoji", "fullwidth"),
                matches("s in '[5,true]'"),
                matches("n in '[1,10.0,\"5\"]'", "plain", "lower", "upper"),
                matches("i in '[1.0, 9007199254740993, 1.5]'", "plain", "big"),
                matches("b in '[true]'", "plain", "upper"),
                matches("b in '[true,false]'", "plain", "upper", "lower", "leading"),
                matches("m in '[\"green\",\"blue\"]'", "plain", "upper"),
                matches("s in '[]'"),
                matches("!(s in '[]')", allBut()),
                matches("!(b in '[false]')", allBut("lower", "leading")),
                matches("o in '[\"Bern\"]'"),
                matches("missing in '[\"a\"]'"));
    }

    private static List<Case> negation() {
        return List.of(
                matches("!(s eq \"Smith\")", allBut("plain")),
                matches("!s eq \"Smith\"", allBut("plain")),
                matches("! s eq \"smith\"", allBut("lower")),
                matches("!(b eq false)", allBut("lower", "leading")),
                matches("!(b eq false) and !(b eq true)", allBut("plain", "upper", "lower", "leading")),
                matches("!(n eq 1)", allBut("plain", "lower")),
                matches("!(n lt 10) and n pr", "upper", "thousand", "big", "bigger"),
                matches("!(n eq \"1\")", allBut()),
                matches("!(s co \"mit\") and s2 sw \"a\" and n pr"),
                matches("!(s gt \"A\") and s pr", "leading", "empty", "blank", "percent", "hundred", "lookalike"),
                matches("!(!(s eq \"Smith\"))", "plain"),
                matches("!(o/city eq \"Bern\")", allBut("plain")),
                matches("!(s pr or n pr or o pr)", "nulls", "absent"));
    }

    private static List<Case> combinations() {
        return List.of(
                matches("s eq \"Smith\" or s eq \"smith\" and b eq true", "plain"),
                matches("(s eq \"Smith\" or s eq \"smith\") and b eq false", "lower"),
                matches("s eq \"smith\" and b eq true or n eq 10", "upper"),
                matches("s eq \"smith\" AND b eq false OR n eq 10", "lower", "upper"),
                matches("!(s eq \"Smith\") and n eq 1", "lower"),
                matches("!s eq \"Smith\" and n eq 1", "lower"),
                matches("!(s eq \"Smith\" and n eq 1)", allBut("plain")),
                matches("n ge 1 and n le 10 and b eq true", "plain", "upper"),
                matches("s eq \"Smith\" and false"),
                matches("s eq \"Smith\" or false", "plain"),
                matches("s2 eq \"alpha\" and m eq \"red\" or i eq 0", "plain", "trailing"),
                matches("(m eq \"red\" or m eq \"blue\") and !(b eq false)", "plain", "upper"));
    }

    private static List<Case> ids() {
        return List.of(
                matches("_id eq \"plain\"", "plain"),
                matches("_id eq \"PLAIN\""),
                matches("_id eq \"plain \""),
                matches("_id in '[\"plain\",\"lower\",\"nobody\"]'", "plain", "lower"),
                matches("_id sw \"big\"", "big", "bigger"),
                matches("_id eq \"plain\" or s eq \"smith\"", "plain", "lower"),
                matches("_id pr", allBut()));
    }

    private static Sample sample(String id, String json) {
        return new Sample(id, json);
    }

    private static Case matches(String filter, String... ids) {
        return new Case(filter, new TreeSet<>(Arrays.asList(ids)));
    }

    private static String[] allBut(String... ids) {
        List<String> excluded = List.of(ids);
        return SAMPLES.stream()
                .map(Sample::id)
                .filter(id -> !excluded.contains(id))
                .toArray(String[]::new);
    }
}
