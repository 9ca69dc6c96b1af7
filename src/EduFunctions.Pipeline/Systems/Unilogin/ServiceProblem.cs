using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Systems.Unilogin.Export;

namespace EduFunctions.Pipeline.Systems.Unilogin;

/// <summary>What an operator has to do when a call came to nothing.</summary>
[Told]
internal static class ServiceProblem
{
    /// <summary>The fault of an institution, or a system, without an agreement.</summary>
    public const string NoAgreement = "Rettigheder";

    public static string Describe(SoapException problem, UniloginSettings settings, string operation) =>
        $"{operation} at {new Uri(settings.Endpoint).Authority}: {problem.Message}. {Advice(problem, settings)}";

    public static string Advice(SoapException problem, UniloginSettings settings) => (problem as SoapFaultException)?.Fault.Type switch
    {
        "Signatur" =>
            $"It does not accept our signature: check that the certificate in the secret \"{settings.Certificate?.Name}\" is the one registered for system {settings.ProviderSystemId}, "
            + "and neither revoked nor renewed since.",
        "SignaturMangler" => "It finds no signature: check that source.version and source.endpoint belong together, and that nothing between rewrites messages.",
        "UdbydersytemIdMangler" => "It does not know the system: check source.providerSystemId against the registration at the service.",
        "BrugeridEllerPassword" => $"It refuses the login: check source.username and the secret \"{settings.Password?.Name}\".",
        NoAgreement => $"The system has no right to the package {settings.Package}: have the agreement approved in Tilslutning, or set source.package to one that is.",
        not null => "The fault is not one that is documented: ask the service's support.",
        null when problem.MayPass => "Check that the service answers and source.endpoint is right, then run again later.",
        null => "Nothing of it is used. Check source.endpoint and, for a signature, source.trustedRoots; ask the service's support when it lasts.",
    };
}
