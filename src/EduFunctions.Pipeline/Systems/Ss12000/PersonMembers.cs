namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Names of members that the standard has in a person and in what lies in one: none of them speaks of protection, but for the marking itself.</summary>
internal static class PersonMembers
{
    private const int Places = 512;

    private static readonly byte[]?[] Known = Make(
        "id meta created modified givenName middleName familyName eduPersonPrincipalNames externalIdentifiers value context globallyUnique civicNo nationality birthDate "
        + "sex securityMarking personStatus emails type phoneNumbers mobile addresses streetAddress locality postalCode country countryCode countyCode municipalityCode "
        + "realEstateDesignation careOf photo enrolments enroledAt schoolYear schoolType startDate endDate cancelled educationCode programme specialisation responsibles "
        + "person relationType displayName _embedded");

    /// <summary>Two in one place cost the one that is not there a longer look, and nothing else.</summary>
    public static bool Has(ReadOnlySpan<byte> name) => !name.IsEmpty && Known[Place(name)] is { } known && name.SequenceEqual(known);

    private static byte[]?[] Make(string names)
    {
        var known = new byte[]?[Places];
        foreach (var name in names.Split(' ').Select(System.Text.Encoding.UTF8.GetBytes))
        {
            known[Place(name)] ??= name;
        }

        return known;
    }

    private static int Place(ReadOnlySpan<byte> name) => ((name.Length * 61) + (name[0] * 31) + (name[^1] * 7) + name[name.Length / 2]) & (Places - 1);
}
