package dev.concord.system.file;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with files of their own, and the database that notes what is written to them. */
abstract class OnFileFolder {

    @TempDir
    Path temporary;

    FileFolder folder;

    @BeforeEach
    void open() {
        folder = FileFolder.in(temporary);
    }

    @AfterEach
    void close() {
        folder.close();
    }
}
