namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Everything by which somebody could be recognised.</summary>
internal sealed record Identity
{
    public required string GivenName { get; init; }

    public required string FamilyName { get; init; }

    public string? MiddleName { get; init; }

    public required DateOnly BirthDate { get; init; }

    public string? CivicNumber { get; init; }

    public required string Sex { get; init; }

    public required string Street { get; init; }

    public required string UserName { get; init; }

    public required string SchoolEmail { get; init; }

    public required string PrivateEmail { get; init; }

    public required string Phone { get; init; }

    public IEnumerable<string> Values =>
        new[] { $"{GivenName} {FamilyName}", CivicNumber, Street, UserName, SchoolEmail, PrivateEmail, Phone }.OfType<string>().Distinct();
}
