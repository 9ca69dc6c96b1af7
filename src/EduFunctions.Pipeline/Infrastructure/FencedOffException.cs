namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>Somebody else has taken up the work, or a later run has begun: nothing more may be done here.</summary>
/// <param name="isForGood">Whether a later run has begun: nobody goes on with this one.</param>
public sealed class FencedOffException(string message, bool isForGood = false) : Exception(message)
{
    public bool IsForGood { get; } = isForGood;
}
