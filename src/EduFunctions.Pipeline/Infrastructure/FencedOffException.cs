namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>Somebody else has taken up the work, or a later run has begun: nothing more may be done here.</summary>
public sealed class FencedOffException(string message) : Exception(message);
