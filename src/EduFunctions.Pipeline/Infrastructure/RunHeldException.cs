namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>Ends a run that a retry cannot cure before anything reaches a feed. The message is for the operator: what, why, what to do.</summary>
public class RunHeldException : Exception
{
    public RunHeldException(string message)
        : base(message)
    {
    }

    public RunHeldException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
