using System.Xml.Linq;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Systems.Unilogin.Export;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>The one way to the services for lookups. They may be asked inside a login alone, so this demands one.</summary>
public sealed class LookupCalls(SoapConnections connections, TimeProvider time)
{
    // Somebody waits in front of a page.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The response element; empty for somebody the service does not know.</summary>
    /// <param name="answerName">Where it is not called after the operation.</param>
    /// <exception cref="LookupFailedException">The service did not answer as it should.</exception>
    internal async Task<XElement> AskAsync(
        ActiveLogin login,
        Func<int, LoginSettings, LookupService> which,
        string operation,
        IReadOnlyList<(string Name, string Value)> arguments,
        CancellationToken ct,
        string? answerName = null)
    {
        var service = which(login.Source.Version, login.Settings);
        try
        {
            using var credentials = UniloginCredentials.Open(login.Source, connections, time);
            var answer = await credentials.Client.CallAsync(Call(service, operation, arguments), ct);
            return answer.Name == XName.Get(answerName ?? $"{operation}Response", service.Namespace)
                ? answer
                : throw new LookupFailedException($"{service.Name} answered {operation} with something else. Check its address in logins.");
        }
        catch (SoapException e)
        {
            throw new LookupFailedException($"{service.Name} {operation}: {e.Message}. {Advice(e, login.Source)}", e);
        }
        catch (RunHeldException e)
        {
            throw new LookupFailedException(e.Message, e);
        }
    }

    private static string Advice(SoapException problem, UniloginSettings source) => (problem as SoapFaultException)?.Fault.Type switch
    {
        ServiceProblem.NoAgreement => "The system has no right to the service: have the agreement approved in Tilslutning.",
        not null => ServiceProblem.Advice(problem, source),
        null => "Check that the service answers, and its address in logins.",
    };

    private static SoapCall Call(LookupService service, string operation, IReadOnlyList<(string Name, string Value)> arguments)
    {
        var body = new SoapOperation(service.Namespace, operation, xml =>
        {
            foreach (var (name, value) in arguments)
            {
                xml.WriteElementString(name, service.Namespace, value);
            }
        });
        return new SoapCall(new Uri(service.Endpoint!), $"{service.ActionBase}{operation}", body) { Patience = Patience };
    }
}
