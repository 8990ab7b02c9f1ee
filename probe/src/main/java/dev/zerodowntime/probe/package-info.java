/**
 * The measuring instrument. Data flows one way: {@code Schedule -> Sender -> Answer ->
 * AnswerLog -> Verdict -> Report}; events of a deployment join on the same clock.
 */
@NullMarked
package dev.zerodowntime.probe;

import org.jspecify.annotations.NullMarked;
