/** Whether what the pages say is so: links, commands, paths, messages, both languages. */
@NullMarked
package dev.zerodowntime.lab.docs;

import org.jspecify.annotations.NullMarked;
