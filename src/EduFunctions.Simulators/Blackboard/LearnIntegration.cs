namespace EduFunctions.Simulators.Blackboard;

public enum IntegrationState
{
    Active,
    Inactive,

    /// <summary>Files are worked through, nothing is stored.</summary>
    Testing,
}

/// <summary>A flat file integration as Learn's administrator has set it up.</summary>
public sealed class LearnIntegration
{
    public string Name { get; init; } = "Nightly";

    public string Username { get; init; } = "13a29f6e-0000-4ab9-ad4b-174d3ca71723";

    public string Password { get; init; } = "learn-password";

    /// <summary>Where records go whose row names no data source, and the only one that a refresh by data source looks at.</summary>
    public string DataSource { get; init; } = "SYSTEM";

    public char Delimiter { get; init; } = '|';

    public IntegrationState State { get; set; } = IntegrationState.Active;
}
