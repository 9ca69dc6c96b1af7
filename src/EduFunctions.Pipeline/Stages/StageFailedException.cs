namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// A stage failed and is to be tried again. It takes the place of what was thrown: hosts log what they catch, and the message of an exception of
/// others may be anybody's data.
/// </summary>
public sealed class StageFailedException(string message) : Exception(message);
