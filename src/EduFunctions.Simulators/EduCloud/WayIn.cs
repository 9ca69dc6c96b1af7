namespace EduFunctions.Simulators.EduCloud;

/// <summary>How callers of a register show who they are.</summary>
public enum WayIn
{
    /// <summary>By a token that its own endpoint hands out.</summary>
    ClientCredentials,

    /// <summary>By a bearer token that somebody was given once.</summary>
    Bearer,

    /// <summary>By the header <c>X-API-Key</c>.</summary>
    ApiKey,

    /// <summary>By the connection alone: whoever gets in is known.</summary>
    Connection,
}
