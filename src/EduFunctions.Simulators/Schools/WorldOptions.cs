namespace EduFunctions.Simulators.Schools;

/// <summary>What a generated municipality looks like. The same options give the same municipality, byte for byte.</summary>
public sealed record WorldOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>Rows of <c>persons</c>. From 400 on, every situation the rules know occurs.</summary>
    public int Persons { get; init; } = 400;

    /// <summary>The day around which all dates are laid.</summary>
    public required DateOnly Today { get; init; }

    public string Municipality { get; init; } = "Nordhamns kommun";

    public string MunicipalityCode { get; init; } = "0199";

    public string EmailDomain { get; init; } = "nordhamn.example";

    /// <summary>Whether units carry <c>aktivEnhet</c>, and units and groups <c>tillLms</c>, as some sources add them.</summary>
    public bool ExtensFlags { get; init; }
}
