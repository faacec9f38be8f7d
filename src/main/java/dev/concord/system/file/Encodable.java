package dev.concord.system.file;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** Whether a charset can hold a text, so that nothing is replaced silently. */
final class Encodable {

    private Encodable() {}

    static void check(Charset charset, String attribute, String text) throws Unfit {
        if (isAscii(text)) {
            return;
        }
        try {
            // A fresh encoder reports what it cannot encode; the mark of broken bytes must not get into a file either.
            if (text.indexOf(CsvFormat.BROKEN) < 0) {
                charset.newEncoder().encode(CharBuffer.wrap(text));
                return;
            }
        } catch (CharacterCodingException e) {
            // told below
        }
        throw Unfit.type(attribute, "Attribute '" + attribute + "' holds characters that " + charset + " cannot hold.");
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }
}
