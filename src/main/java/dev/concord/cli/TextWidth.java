package dev.concord.cli;

import java.lang.Character.UnicodeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How many columns of a terminal a text takes: accents take none of their own, ideographs and most emoji take two. */
final class TextWidth {

    private static final Set<UnicodeBlock> WIDE = Set.of(
            UnicodeBlock.HANGUL_JAMO,
            UnicodeBlock.HANGUL_SYLLABLES,
            UnicodeBlock.HANGUL_JAMO_EXTENDED_A,
            UnicodeBlock.HIRAGANA,
            UnicodeBlock.KATAKANA,
            UnicodeBlock.KATAKANA_PHONETIC_EXTENSIONS,
            UnicodeBlock.BOPOMOFO,
            UnicodeBlock.HANGUL_COMPATIBILITY_JAMO,
            UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION,
            UnicodeBlock.CJK_COMPATIBILITY,
            UnicodeBlock.CJK_COMPATIBILITY_FORMS,
            UnicodeBlock.ENCLOSED_CJK_LETTERS_AND_MONTHS,
            UnicodeBlock.CJK_RADICALS_SUPPLEMENT,
            UnicodeBlock.KANGXI_RADICALS,
            UnicodeBlock.YI_SYLLABLES,
            UnicodeBlock.YI_RADICALS);

    private static final int FIRST_ACCENT = 0x300;
    private static final int FIRST_VOWEL_JAMO = 0x1160;
    private static final int LAST_JAMO = 0x11FF;
    private static final int FIRST_FULLWIDTH = 0xFF01;
    private static final int LAST_FULLWIDTH = 0xFF60;
    private static final int FIRST_FULLWIDTH_SIGN = 0xFFE0;
    private static final int LAST_FULLWIDTH_SIGN = 0xFFE6;

    private TextWidth() {}

    static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            width += of(character);
            i += Character.charCount(character);
        }
        return width;
    }

    /** The text, or its beginning and an ellipsis, in at most so many columns. */
    static String cut(String text, int columns) {
        if (text.length() <= columns / 2 || of(text) <= columns) {
            return text;
        }
        int width = 0;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            if (width + of(character) > columns - 1) {
                break;
            }
            width += of(character);
            end += Character.charCount(character);
        }
        return text.substring(0, end) + "…";
    }

    /**
     * The text in lines of at most so many columns, broken at blanks, or inside of words that are longer than a line.
     */
    static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.strip().split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (of(longer) > columns && !line.isEmpty()) {
                lines.add(line);
                longer = word;
            }
            while (of(longer) > columns) {
                int first = Character.charCount(longer.codePointAt(0));
                int end = Math.max(first, cut(longer, columns).length() - 1);
                lines.add(longer.substring(0, end));
                longer = longer.substring(end);
            }
            line = longer;
        }
        lines.add(line);
        return lines;
    }

    private static int of(int character) {
        if (character < FIRST_ACCENT) {
            return 1;
        }
        return isOnTop(character) ? 0 : isWide(character) ? 2 : 1;
    }

    private static boolean isOnTop(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT
                || (character >= FIRST_VOWEL_JAMO && character <= LAST_JAMO);
    }

    private static boolean isWide(int character) {
        return Character.isIdeographic(character)
                || Character.isEmojiPresentation(character)
                || (character >= FIRST_FULLWIDTH && character <= LAST_FULLWIDTH)
                || (character >= FIRST_FULLWIDTH_SIGN && character <= LAST_FULLWIDTH_SIGN)
                || isInWideBlock(character);
    }

    private static boolean isInWideBlock(int character) {
        UnicodeBlock block = UnicodeBlock.of(character);
        return block != null && WIDE.contains(block);
    }
}
