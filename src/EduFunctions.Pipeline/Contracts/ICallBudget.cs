namespace EduFunctions.Pipeline.Contracts;

/// <param name="Of">Whose calls: an institution.</param>
/// <param name="Left">Below zero, more were made than are allowed.</param>
public sealed record CallsLeft(string Of, int Left);

/// <summary>A source that allows so many calls a day. Asked every hour; must not call the source.</summary>
public interface ICallBudget
{
    /// <summary>Nothing for a tenant of another source.</summary>
    Task<IReadOnlyList<CallsLeft>> LeftAsync(Tenant tenant, CancellationToken ct);
}
