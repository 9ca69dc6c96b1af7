namespace EduFunctions.Pipeline.Guards;

/// <summary>How far a plan has come, as what is kept of it is named.</summary>
internal static class PlanPhase
{
    /// <summary>As the night made it.</summary>
    public const string Planned = "planned";

    /// <summary>As an operator let it through.</summary>
    public const string Approved = "approved";

    /// <summary>As an operator would not have it.</summary>
    public const string Refused = "refused";
}
