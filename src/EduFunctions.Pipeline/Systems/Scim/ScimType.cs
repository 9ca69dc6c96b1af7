namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>A kind of resource: where it lies below the server's address, and what it calls itself.</summary>
internal sealed record ScimType(string Endpoint, string Schema)
{
    public static readonly ScimType Users = new("Users", "urn:ietf:params:scim:schemas:core:2.0:User") { CanRest = true, IsPerson = true };

    public static readonly ScimType Groups = new("Groups", "urn:ietf:params:scim:schemas:core:2.0:Group") { CanRest = true, List = "members", Linked = Users };

    // The further kinds of the school extension.
    public static readonly ScimType Organisations = new("Organisations", SchoolExtension + "Organisation");

    public static readonly ScimType SchoolUnits = new("SchoolUnits", SchoolExtension + "SchoolUnit");

    public static readonly ScimType Employments = new("Employments", SchoolExtension + "Employment") { Linked = Users };

    public static readonly ScimType StudentGroups = new("StudentGroups", SchoolExtension + "StudentGroup") { List = "studentMemberships", Linked = Users };

    public static readonly ScimType Activities = new("Activities", SchoolExtension + "Activity") { List = "teachers", Linked = Employments };

    private const string SchoolExtension = "urn:scim:schemas:extension:sis:school:1.0:";

    /// <summary>What a user has beyond the core.</summary>
    public const string SchoolUser = SchoolExtension + "User";

    /// <summary>Each refers to earlier ones alone.</summary>
    public static IReadOnlyList<ScimType> InOrder { get; } = [Organisations, SchoolUnits, Users, Employments, Groups, StudentGroups, Activities];

    /// <summary>The attribute that lists others, which grows and shrinks by itself.</summary>
    public string? List { get; private init; }

    /// <summary>What it lists, or belongs to.</summary>
    public ScimType? Linked { get; private init; }

    /// <summary>Whether it can be there without effect: a user who is not active, a group without members.</summary>
    public bool CanRest { get; private init; }

    public bool IsPerson { get; private init; }

    public static ScimType? Find(string? endpoint) => InOrder.FirstOrDefault(type => type.Endpoint == endpoint);

    public override string ToString() => Endpoint;
}
